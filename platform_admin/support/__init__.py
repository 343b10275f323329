"""Helping people in the back office: acting in their place, lock-outs, sessions, tokens, second factors."""
