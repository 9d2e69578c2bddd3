"""How the model that ships was made: the corpus, the pruning, the training, the export and its figures."""
