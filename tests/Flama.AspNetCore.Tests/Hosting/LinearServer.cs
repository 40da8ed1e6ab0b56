namespace Flama.Tests.Hosting;

/// <summary>One server with a model of two numbers for the tests of a class.</summary>
public sealed class LinearServer : IAsyncLifetime
{
    internal FlamaHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await FlamaHost.StartAsync(FakeModels.Linear());

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
