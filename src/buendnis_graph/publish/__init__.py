"""What is given to the world: documents, JSON-LD, dumps, metadata, releases and a site, all made from a built graph."""
