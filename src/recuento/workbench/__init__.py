"""The workbench: the pages on which a team reviews what the machine read. Django stands at its edge only."""
