using Flama;
using Flama.CustomServer;
using Flama.Hosting;

// The same work in the ways an application can have it: a minimal endpoint without a model, with one that it loaded itself, with one of dependency injection, and a resource's method.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddFlama().AddModel("churn", Scores.Path, model => model.Predicts<Customer, string>());

var app = builder.Build();
using var own = FlamaModel.Load(Scores.Path);
app.MapPost("/without/", (Customer customer) => new Score(customer.Country));
app.MapPost("/own/", (Customer customer) => new Score(own.PredictOne<Customer, string>(customer)));
app.MapPost("/keyed/", ([FromKeyedServices("churn")] ServedModel churn, Customer customer) => new Score(churn.PredictOne<Customer, string>(customer)));
app.MapModelResource<Scores>("/resource");

await app.StartAsync();
Console.WriteLine(app.Urls.First());
await app.WaitForShutdownAsync();
