namespace Flama.FunctionalTests;

/// <summary>A Redis that is slow, killed and started again under a server that answers requests all the time.</summary>
internal static class RedisOutage
{
    private const string Back = "The shared store answers again";

    /// <summary>Runs the outages; no request may fail for them, and each is warned of once.</summary>
    /// <param name="redis">The Redis.</param>
    /// <param name="server">The server, whose log has nothing to warn of beside them; ends here.</param>
    /// <param name="warning">What it warns of.</param>
    /// <param name="post">Sends a request.</param>
    public static async Task RunAsync(RedisServer redis, FlamaServer server, string warning, Func<Task<HttpResponseMessage>> post)
    {
        const int callers = 4;
        using CancellationTokenSource over = new();
        var load = Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            HashSet<int> statuses = [];
            while (!over.IsCancellationRequested)
            {
                using var answer = await post();
                statuses.Add((int)answer.StatusCode);
            }

            return statuses;
        }));

        await redis.SignalAsync("STOP");
        await server.Process.WaitForErrorAsync(warning);
        await redis.SignalAsync("CONT");
        await server.Process.WaitForErrorAsync(Back);
        await redis.KillAsync();
        await server.Process.WaitForErrorAsync(warning);
        await redis.StartAgainAsync();
        await server.Process.WaitForErrorAsync(Back);
        await over.CancelAsync();
        var statuses = await load;
        await server.Process.SignalAsync("TERM");
        var rest = await server.Process.WaitForExitAsync();

        Assert.All(statuses, seen => Assert.Equal([200], seen));

        // On a busy machine Redis may be slow once more, which is an outage like the others: warned of once before it is over.
        var lines = rest.Error.Split('\n');
        var warnings = lines.Where(line => line.Contains("WARNING", StringComparison.Ordinal)).ToList();
        Assert.All(warnings, line => Assert.Contains(warning, line, StringComparison.Ordinal));
        Assert.InRange(warnings.Count - lines.Count(line => line.Contains(Back, StringComparison.Ordinal)), 0, 1);
    }
}
