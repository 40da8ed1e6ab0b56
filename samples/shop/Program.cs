using Flama;
using Flama.AspNetCore;
using Flama.Data;
using Flama.Hosting;
using Microsoft.EntityFrameworkCore;
using Shop;

var builder = WebApplication.CreateBuilder(args);
var folder = AppContext.BaseDirectory;
builder.Services.AddDbContext<ShopContext>(options => options.UseSqlite(builder.Configuration.GetConnectionString("Shop") ?? $"Data Source={Path.Combine(folder, "shop.db")}"));
builder.Services.AddFlama(flama => flama.Title = "Shop")
    .AddModel("churn", Path.Combine(folder, "churn.flm"), model => model.Predicts<ChurnRow, ChurnAnswer>())
    .AddModel("xor", Path.Combine(folder, "xor.flm"));

var app = builder.Build();
app.UseFlamaErrors();
using (var scope = app.Services.CreateScope())
{
    scope.ServiceProvider.GetRequiredService<ShopContext>().Database.EnsureCreated();
}

app.MapModels();
app.MapResource<Customer, ShopContext>("/customers");
app.MapResource<Order, ShopContext>("/orders", orders =>
{
    orders.Verbs = ResourceVerbs.Read | ResourceVerbs.Create | ResourceVerbs.Delete;
    orders.Paging = ResourcePaging.LimitOffset;
    orders.Filter(order => order.Product, FilterOperators.Equal | FilterOperators.Contains);
});

// Data, logic and a model in one endpoint.
app.MapGet("/customers/{id}/risk", async (int id, ShopContext shop, [FromKeyedServices("churn")] ServedModel churn) =>
{
    var customer = await shop.Customers.FindAsync(id) ?? throw new FlamaException(ErrorCodes.RecordNotFound, $"There is no customer with id {id}.");
    var answer = churn.PredictOne<ChurnRow, ChurnAnswer>(ChurnRow.Of(customer));
    return new Risk(Math.Round(answer.Leaves, 3), answer.Leaves > 0.5 ? "call" : "wait");
}).WithDatabaseErrors().WithTags("Customer").WithName("customer_risk").WithSummary("Tell how likely a customer is to leave");

// A list of an endpoint's own, in pages as those of resources are.
app.MapGet("/customers/top", ([AsParameters] PageNumberQuery page, ShopContext shop) =>
    page.OfAsync(shop.Customers.Where(customer => customer.IsActive).OrderByDescending(customer => customer.Balance).ThenBy(customer => customer.Id)))
    .WithDatabaseErrors().WithTags("Customer").WithName("customer_top").WithSummary("List active customers, the richest first");
app.MapFlama();
app.Run();
