using Flama.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop;

namespace Snippets;

internal static class DataResources
{
    public static void Map(WebApplicationBuilder builder, WebApplication app)
    {
        builder.Services.AddDbContext<ShopContext>(options => options.UseSqlite("Data Source=shop.db"));
        app.MapResource<Customer, ShopContext>("/customers", customers =>
        {
            customers.Verbs &= ~(ResourceVerbs.Replace | ResourceVerbs.Drop);
            customers.MaxPageSize = 100;
            customers.RequireIfMatch = true;
            customers.ReadOnly(customer => customer.Id);
            customers.Hide(customer => customer.Salary);
            customers.NoFilters();
            customers.Filter(customer => customer.Country, FilterOperators.Equal | FilterOperators.In);
            customers.Filter(customer => customer.Age);
        }).RequireAuthorization();
    }
}
