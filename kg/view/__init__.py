"""The graph as one self-contained HTML page: drawn by vis-network, with the sentence behind every edge."""

from kg.view.page import render, write_page

__all__ = ["render", "write_page"]
