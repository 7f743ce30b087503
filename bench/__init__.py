"""The figures of our promises about speed, each as a ratio to a yardstick of the same run."""
