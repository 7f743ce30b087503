"""Reports and toolkits on the page of a conference or campaign: versions, three ways in, counts."""
