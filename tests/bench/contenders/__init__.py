"""Servers of one room that do nothing but tell everybody what anybody says; each prints its port."""
