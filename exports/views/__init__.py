"""The exports over HTTP."""
