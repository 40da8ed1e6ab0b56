using Flama.Hosting.Keys;
using Flama.Tests;

namespace Flama.Hosting.Tests;

public sealed class ApiKeyFileTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    private string KeysPath => directory.PathOf("keys.json");

    [Fact]
    public async Task Changes_FromManyThreads_AreAllKept()
    {
        const int writers = 8, each = 5;
        ApiKeyFile.Add(KeysPath, "first", [ApiKeyScopes.Predict]);

        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(
            () =>
            {
                for (var i = 0; i < each; i++)
                {
                    ApiKeyFile.Add(KeysPath, $"{writer}-{i}", [ApiKeyScopes.Predict]);
                    ApiKeyFile.Add(KeysPath, $"{writer}-gone", [ApiKeyScopes.Predict]);
                    Assert.True(ApiKeyFile.Remove(KeysPath, $"{writer}-gone"));
                }
            },
            TestContext.Current.CancellationToken)));

        var names = ApiKeyFile.Read(KeysPath).Select(key => key.Name).Order(StringComparer.Ordinal);
        Assert.Equal(Enumerable.Range(0, writers).SelectMany(writer => Enumerable.Range(0, each).Select(i => $"{writer}-{i}")).Append("first").Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public void Change_ByWayOfALink_TakesTheLockOfItsTarget()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        ApiKeyFile.Add(KeysPath, "first", [ApiKeyScopes.Predict]);
        File.CreateSymbolicLink(directory.PathOf("link.json"), KeysPath);

        ApiKeyFile.Add(directory.PathOf("link.json"), "second", [ApiKeyScopes.Predict]);

        Assert.Equal(["keys.json", "keys.json.lock", "link.json"], directory.Names());
        Assert.Equal(2, ApiKeyFile.Read(KeysPath).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"keys\": [{\"id\": \"0123")]
    [InlineData("{\"keys\": [{\"id\": \"0123456789ab\", \"name\": \"web\", \"scopes\": [\"predict\"], \"created\": \"2026-03-01T12:00:00Z\"}]}")]
    [InlineData("[]")]
    [InlineData("{\"keys\": 1}")]
    public void File_ThatIsDamaged_IsNotChanged(string content)
    {
        File.WriteAllText(KeysPath, content);

        var read = Assert.Throws<FlamaException>(() => ApiKeyFile.Read(KeysPath));
        var added = Assert.Throws<FlamaException>(() => ApiKeyFile.Add(KeysPath, "web", [ApiKeyScopes.Predict]));
        var removed = Assert.Throws<FlamaException>(() => ApiKeyFile.Remove(KeysPath, "web"));

        Assert.Equal([ErrorCodes.Corrupt, ErrorCodes.Corrupt, ErrorCodes.Corrupt], new[] { read, added, removed }.Select(failure => failure.Code));
        Assert.Equal(content, File.ReadAllText(KeysPath));
    }

    public void Dispose() => directory.Dispose();
}
