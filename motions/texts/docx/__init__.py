"""A Word document (.docx) read as plain text, from bytes that nobody vouches for.

Nothing in the file is run, fetched or trusted: it is weighed before it is unpacked, a document type
or an entity is refused, and only a few parts are looked at. What is left out is named in words.
"""
