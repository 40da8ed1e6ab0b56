using Flama.Hosting;

var builder = WebApplication.CreateBuilder(args);

// By name: loaded before the application starts, in dependency injection, replaced when its file is.
builder.Services.AddFlama().AddModel("churn", "churn.flm", model => model.ReloadOnChange());

var app = builder.Build();
app.MapGet("/", (ServedModels models) => models.Models.Select(model => model.Name));
app.MapModel("/models/churn", app.Services.GetRequiredKeyedService<ServedModel>("churn"));

// By its file alone, where nothing else of the application needs it.
app.MapModel("/models/xor", "xor.flm");
app.MapFlama();
app.Run();
