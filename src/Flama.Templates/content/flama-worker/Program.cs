using FlamaWorker1;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
builder.Services.AddFlama().AddModel("churn", "churn.flm", model => model.ReloadOnChange().Predicts<Customer, Answer>());
builder.Services.AddSingleton<CustomerQueue>();
builder.Services.AddHostedService<Scorer>();
await builder.Build().RunAsync();
