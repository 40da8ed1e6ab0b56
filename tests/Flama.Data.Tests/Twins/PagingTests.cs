using Flama.AspNetCore;
using Flama.Tests.Hosting;
using Flama.Tests.Twins;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Data.Tests.Twins;

/// <summary>The twin of the original's two ways of paging on plain routes.</summary>
public sealed class PagingTests
{
    // Also in docs/guide/data-resources.md.
    private static readonly Dictionary<string, (int Status, string Why)> Others = new(StringComparer.Ordinal)
    {
        ["/page/?page=-1"] = (400, "Pages count from 1."),
        ["/offset/?limit=x"] = (400, "What ASP.NET Core cannot bind is refused by itself, as HTTPException."),
    };

    [Fact]
    public async Task Twin_AnswersAsTheOriginal()
    {
        await using var twin = await FlamaHost.StartAsync(Map, configure: builder => builder.Services.AddFlama());

        var answers = await Twin.AskAllAsync("paging", twin);

        Assert.All(RecordedExchange.Of("paging"), exchange => Twin.AssertSame(exchange, answers[exchange.Id], Others));
        Assert.Contains("\"page_size\"", answers["/schema/"].Body, StringComparison.Ordinal);
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/page/", ([AsParameters] PageNumberQuery page) => page.Of(Enumerable.Range(0, 25).Select(i => new Number(i))));
        app.MapGet("/offset/", ([AsParameters] LimitOffsetQuery part, bool even = false) =>
            part.Of(Enumerable.Range(0, 25).Where(i => !even || i % 2 == 0).Select(i => new Number(i))));
    }

    private sealed record Number(int N);
}
