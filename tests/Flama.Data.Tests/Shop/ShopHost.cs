using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Flama.Data.Tests.Shop;

/// <summary>The application of the tests over a database; it is shared by the facts of a class.</summary>
public abstract class ShopHost : IAsyncLifetime
{
    private FlamaHost? host;

    /// <summary>Why there is no database; null where there is one.</summary>
    public string? Missing { get; protected set; }

    internal FlamaHost Host => host!;

    public async ValueTask InitializeAsync()
    {
        await OpenAsync();
        if (Missing is not null)
        {
            return;
        }

        host = await FlamaHost.StartAsync(
            Map,
            configure: builder =>
            {
                builder.Services.AddDbContext<ShopContext>(Configure);
                builder.Services.AddFlama();
            });
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }

    /// <summary>Sends a request.</summary>
    internal async Task<Answer> SendAsync(string method, string path, string? json = null, string? match = null, string type = "application/json")
    {
        using HttpRequestMessage request = new(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (match is not null)
        {
            request.Headers.TryAddWithoutValidation(method is "GET" ? "If-None-Match" : "If-Match", match);
        }

        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue(type));
        }

        using var response = await Host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await Answer.ReadAsync(response);
        Assert.True(answer.Status != 500, $"{answer.Body}\n{string.Join('\n', Host.Log.All.Where(line => line.Level >= LogLevel.Error).Select(line => line.Text).TakeLast(2))}");
        return answer;
    }

    /// <summary>Adds a record, which must work, and gives it.</summary>
    internal async Task<JsonElement> AddAsync(string path, string json)
    {
        var answer = await SendAsync("POST", path, json);
        Assert.True(answer.Status == 201, answer.Body);
        return answer.Json;
    }

    /// <summary>The values of a member in a list.</summary>
    internal async Task<string[]> ListAsync(string path, string member)
    {
        var answer = await SendAsync("GET", path);
        Assert.True(answer.Status == 200, answer.Body);
        return [.. answer.Json.GetProperty("data").EnumerateArray().Select(record => record.GetProperty(member).ToString())];
    }

    protected abstract Task OpenAsync();

    protected abstract void Configure(DbContextOptionsBuilder options);

    private static void Map(WebApplication app)
    {
        using var scope = app.Services.CreateScope();
        scope.ServiceProvider.GetRequiredService<ShopContext>().Database.EnsureCreated();
        app.MapResource<Customer, ShopContext>("/customers");
        app.MapResource<Order, ShopContext>("/orders", orders => orders.Verbs &= ~(ResourceVerbs.Drop | ResourceVerbs.Update));
        app.MapResource<Label, ShopContext>("/labels", labels => labels.Paging = ResourcePaging.LimitOffset);
        app.MapResource<Moment, ShopContext>("/moments");
        app.MapResource<Tally, ShopContext>("/tallies", tallies => tallies.Version(tally => tally.Version));
        app.MapResource<Tally, ShopContext>("/guarded", tallies =>
        {
            tallies.Name = "guarded";
            tallies.RequireIfMatch = true;
            tallies.Version(tally => tally.Version);
            tallies.Verbs &= ~ResourceVerbs.Drop;
        });
    }
}
