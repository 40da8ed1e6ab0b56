using Flama;
using Flama.Hosting;
using FlamaApi1;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddHealthChecks();
builder.Services.AddDbContext<ApiContext>(options => options.UseSqlite(builder.Configuration.GetConnectionString("Api")));
builder.Services.AddFlama(flama => flama.Title = "FlamaApi1")
    .AddModel("churn", "churn.flm", model => model.ReloadOnChange().Predicts<Customer, Answer>());

var app = builder.Build();
app.UseFlamaErrors();
using (var scope = app.Services.CreateScope())
{
    scope.ServiceProvider.GetRequiredService<ApiContext>().Database.EnsureCreated();
}

app.MapModelResource<ChurnModel>("/churn");
app.MapPost("/decide", ([FromKeyedServices("churn")] ServedModel churn, Customer customer, CancellationToken cancellationToken) =>
{
    var answer = churn.PredictOne<Customer, Answer>(customer, new(cancellationToken));
    return new Decision(answer.Leaves > 0.5 ? "call" : "wait", Math.Round(answer.Leaves, 3));
});
app.MapResource<Order, ApiContext>("/orders");
app.MapFlama();
app.MapHealthChecks("/health");
app.Run();
