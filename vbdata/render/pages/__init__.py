"""The pages, one package each; none knows another. What they are made of lies in `vbdata.render.parts`."""
