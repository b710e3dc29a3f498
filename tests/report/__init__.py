"""Tests of guild.report."""
