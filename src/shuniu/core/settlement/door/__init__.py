"""The door to the engine for requests in the shape of shared cases: one model, one plan, one input, one answer.

Every module here only translates: a request becomes a plan document and inputs, runs through the same engine as
the product, and the results are written down under the names of the case. Nothing is calculated here.
"""
