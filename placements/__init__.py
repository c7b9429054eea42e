"""After an introduction: measures, agreements, check-ins and outcomes."""
