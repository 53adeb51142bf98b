# SPDX-License-Identifier: Apache-2.0
"""Measures Harbor EE and its peers side by side. Started by bench/run; standard library only."""
