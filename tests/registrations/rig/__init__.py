"""The real web server, in processes that can be killed, on the database of the test that runs."""
