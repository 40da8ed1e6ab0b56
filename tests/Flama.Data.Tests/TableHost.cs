using System.Text;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Flama.Data.Tests;

/// <summary>An application with the resource of one entity, on SQLite in memory.</summary>
internal sealed class TableHost<TContext> : IAsyncDisposable
    where TContext : DbContext
{
    private readonly SqliteConnection connection = new("Data Source=:memory:");
    private FlamaHost? host;

    public FlamaHost Host => host!;

    public static async Task<TableHost<TContext>> StartAsync(Action<WebApplication> map, Action<WebApplicationBuilder>? configure = null)
    {
        TableHost<TContext> made = new();
        await made.connection.OpenAsync(TestContext.Current.CancellationToken);
        made.host = await FlamaHost.StartAsync(
            app =>
            {
                using var scope = app.Services.CreateScope();
                scope.ServiceProvider.GetRequiredService<TContext>().Database.EnsureCreated();
                map(app);
            },
            configure: builder =>
            {
                builder.Services.AddDbContext<TContext>(options => options.UseSqlite(made.connection));
                builder.Services.AddFlama();
                configure?.Invoke(builder);
            });
        return made;
    }

    public async Task<Answer> SendAsync(string method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await Answer.ReadAsync(response);
        if (answer.Status == 500)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', Host.Log.All.Where(line => line.Level >= LogLevel.Error).Select(line => line.Text)));
        }

        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await connection.DisposeAsync();
    }
}
