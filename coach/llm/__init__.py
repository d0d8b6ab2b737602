"""The language model behind one port; without a model the rules answer."""
