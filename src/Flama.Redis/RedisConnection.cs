using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Flama.Redis;

/// <summary>The one connection of an application. It is made when it is first needed, and made again by its library whenever it is lost. Thread-safe.</summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    // In milliseconds. Callers wait less; this is for what nobody waits for any more.
    private const int Patience = 1000;

    private readonly Lazy<Task<ConnectionMultiplexer>> connection;

    public RedisConnection(IOptions<RedisOptions> options)
    {
        var given = options.Value;
        Prefix = given.Prefix;
        connection = new(() =>
        {
            var configuration = ConfigurationOptions.Parse(given.Configuration);
            configuration.Password ??= given.Password;
            configuration.ClientName ??= "flama";

            // What cannot be answered now fails now: nothing is kept for a server that may come back.
            configuration.AbortOnConnectFail = false;
            configuration.BacklogPolicy = BacklogPolicy.FailFast;
            configuration.ConnectTimeout = Patience;
            configuration.AsyncTimeout = Patience;
            configuration.SyncTimeout = Patience;
            configuration.ReconnectRetryPolicy = new LinearRetry(Patience);
            return ConnectionMultiplexer.ConnectAsync(configuration);
        });
    }

    /// <summary>What stands before every name.</summary>
    public string Prefix { get; }

    /// <summary>The database; the first call connects.</summary>
    public ValueTask<IDatabase> OpenAsync() => connection.Value.IsCompletedSuccessfully
        ? ValueTask.FromResult(connection.Value.Result.GetDatabase())
        : ConnectAsync();

    public async ValueTask DisposeAsync()
    {
        if (connection.IsValueCreated && connection.Value.IsCompletedSuccessfully)
        {
            await connection.Value.Result.DisposeAsync();
        }
    }

    private async ValueTask<IDatabase> ConnectAsync() => (await connection.Value).GetDatabase();
}
