-- The body comes from the environment, so that one script serves every model.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = os.getenv("FLAMA_BODY")
