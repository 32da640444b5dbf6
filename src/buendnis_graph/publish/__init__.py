"""What a release consists of: documents, dumps, catalogue, notes and the site, all read from one build."""
