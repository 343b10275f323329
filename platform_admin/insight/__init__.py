"""How the platform fares: figures of all businesses, and the health of the installation."""
