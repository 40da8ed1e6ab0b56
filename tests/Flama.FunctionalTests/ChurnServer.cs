namespace Flama.FunctionalTests;

/// <summary>One server with the churn model for the tests of a class.</summary>
public sealed class ChurnServer : IAsyncLifetime
{
    internal FlamaServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Server = await FlamaServer.StartAsync([Churn.Path, "--server-port", "0", "--model-name", "churn", "--app-title", "Churn API"]);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
