using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Flama.GoogleStorage;
using Flama.Hosting.Sources;
using Flama.Tests;

namespace Flama.FunctionalTests.Stores;

/// <summary>Models in Google Cloud Storage.</summary>
public sealed class GoogleStoreTests(GoogleStore store) : StoreTests<GoogleStore>(store), IClassFixture<GoogleStore>
{
    private readonly GoogleStore store = store;

    [Fact]
    public async Task KeyOfAServiceAccount_IsExchangedForAToken_Once()
    {
        using TemporaryDirectory directory = new();
        using var rsa = RSA.Create(2048);
        await using GoogleStore closed = new() { Token = "a-token" };
        await closed.InitializeAsync();
        await closed.PutAsync("one.bin", [1]);
        await closed.PutAsync("two.bin", [2, 2]);
        List<string> asked = [];
        closed.Tokens = form =>
        {
            asked.Add(form["grant_type"]!);
            return IsSigned(form["assertion"]!, rsa) ? """{"access_token": "a-token", "expires_in": 3600, "token_type": "Bearer"}""" : null;
        };
        var key = await WriteKeyAsync(directory, closed.Port, rsa);
        using ModelSources sources = new(new() { CacheDirectory = directory.PathOf("cache") }, new GoogleStorageModelSource(new() { Endpoint = Address(closed), CredentialsFile = key }));

        var one = await sources.PullAsync(new Uri(closed.LocationOf("one.bin")), cancellationToken: TestContext.Current.CancellationToken);
        var listed = await sources.ListAsync(new Uri(closed.LocationOf("")), TestContext.Current.CancellationToken);

        Assert.Equal([1], await File.ReadAllBytesAsync(one.Path, TestContext.Current.CancellationToken));
        Assert.Equal([(closed.LocationOf("one.bin"), 1L), (closed.LocationOf("two.bin"), 2L)], listed.Select(found => (found.Location.OriginalString, found.Length)));
        Assert.Equal(["urn:ietf:params:oauth:grant-type:jwt-bearer"], asked);
    }

    [Fact]
    public async Task KeyThatIsRefusedOrBroken_IsToldWithoutIt()
    {
        using TemporaryDirectory directory = new();
        using var rsa = RSA.Create(2048);
        var key = await WriteKeyAsync(directory, store.Port, rsa);
        await File.WriteAllTextAsync(directory.PathOf("broken.json"), """{"type": "service_account", "client_email": "x", "private_key": "SECRET"}""", TestContext.Current.CancellationToken);
        using ModelSources refused = new(new() { CacheDirectory = directory.PathOf("cache") }, new GoogleStorageModelSource(new() { Endpoint = Address(store), CredentialsFile = key }));
        using ModelSources broken = new(new() { CacheDirectory = directory.PathOf("cache") }, new GoogleStorageModelSource(new() { Endpoint = Address(store), CredentialsFile = directory.PathOf("broken.json") }));
        Uri location = new(store.LocationOf("any.bin"));

        var first = await Assert.ThrowsAsync<FlamaException>(() => refused.PullAsync(location, cancellationToken: TestContext.Current.CancellationToken));
        var second = await Assert.ThrowsAsync<FlamaException>(() => broken.PullAsync(location, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal("'gs://models/any.bin' cannot be read: it answers 400 (credentials refused).", first.Message);
        Assert.Equal("'gs://models/any.bin' cannot be read: the file of credentials cannot be read.", second.Message);
        Assert.DoesNotContain("SECRET", second.ToString(), StringComparison.Ordinal);
    }

    private static Uri Address(GoogleStore store) => new($"http://127.0.0.1:{store.Port}");

    private static async Task<string> WriteKeyAsync(TemporaryDirectory directory, int port, RSA rsa)
    {
        var path = directory.PathOf("key.json");
        await File.WriteAllTextAsync(
            path,
            $$"""
            {
              "type": "service_account", "client_email": "reader@project.example", "private_key_id": "k1", "token_uri": "http://127.0.0.1:{{port}}/token",
              "private_key": "{{JsonEncodedText.Encode(rsa.ExportPkcs8PrivateKeyPem())}}"
            }
            """,
            TestContext.Current.CancellationToken);
        return path;
    }

    private static bool IsSigned(string assertion, RSA rsa)
    {
        var parts = assertion.Split('.');
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        return claims.RootElement.GetProperty("iss").GetString() == "reader@project.example"
            && claims.RootElement.GetProperty("scope").GetString()!.EndsWith("devstorage.read_only", StringComparison.Ordinal)
            && rsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
