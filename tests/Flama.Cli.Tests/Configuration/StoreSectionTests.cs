using System.Text;
using Flama.AzureBlob;
using Flama.GoogleStorage;
using Flama.Hosting;
using Flama.Hosting.Sources;
using Flama.S3;
using Flama.Tests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Flama.Cli.Tests.Configuration;

/// <summary>Options of stores that stand in the configuration of an application.</summary>
public sealed class StoreSectionTests
{
    private const string Json = """
        {"Flama": {
          "Sources": {"CacheDirectory": "cache", "MaxBytes": 1000, "AllowedHosts": ["bucket"], "AllowsPrivateRedirects": true, "Retries": 1},
          "S3": {"Endpoint": "http://127.0.0.1:1", "Region": "r", "AccessKeyId": "a", "SecretAccessKey": "s", "SessionToken": "t", "IsAnonymous": true},
          "AzureBlob": {"ConnectionString": "c", "AccountName": "n", "Endpoint": "http://127.0.0.1:1", "AccountKey": "k", "SasToken": "s", "IsAnonymous": true},
          "GoogleStorage": {"Endpoint": "http://127.0.0.1:1", "CredentialsFile": "f", "IsAnonymous": true} } }
        """;

    [Fact]
    public void Stores_EveryOption_IsRead()
    {
        using var provider = Build(Json, flama => flama.AddS3().AddAzureBlob().AddGoogleStorage().AddRepository("s3://bucket/models"));

        Assert.NotEmpty(provider.GetRequiredService<IOptions<FlamaOptions>>().Value.Engines.Engines);
        Bound.AssertAllSet(provider.GetRequiredService<IOptions<SourceOptions>>().Value, new SourceOptions());
        Bound.AssertAllSet(provider.GetRequiredService<IOptions<S3Options>>().Value, new S3Options());
        Bound.AssertAllSet(provider.GetRequiredService<IOptions<AzureBlobOptions>>().Value, new AzureBlobOptions(), nameof(AzureBlobOptions.Credential));
        Bound.AssertAllSet(provider.GetRequiredService<IOptions<GoogleStorageOptions>>().Value, new GoogleStorageOptions());
    }

    [Fact]
    public void Credential_ThatOnlyCodeCanMake_IsNoKey()
    {
        using var provider = Build("""{"Flama": {"AzureBlob": {"Credential": "x"} } }""", flama => flama.AddAzureBlob());

        var failure = Assert.Throws<FlamaException>(() => provider.GetRequiredService<IOptions<AzureBlobOptions>>().Value);

        Assert.Equal("The configuration has the key Flama:AzureBlob:Credential, which is not known.", failure.Message);
    }

    [Fact]
    public void SectionOfAnotherPackage_IsKnown_WhereTheApplicationHasItsFeature()
    {
        const string json = """{"Flama": {"Mine": {"Retries": 2} } }""";
        using var with = Build(json, flama => flama.BindOptions<SourceOptions>("Mine", static (section, sources) => section.Bind(sources)));
        using var without = Build(json, _ => { });

        Assert.NotNull(with.GetRequiredService<IOptions<FlamaOptions>>().Value);
        var failure = Assert.Throws<FlamaException>(() => without.GetRequiredService<IOptions<FlamaOptions>>().Value);
        Assert.Equal("The configuration has the key Flama:Mine, which is not known.", failure.Message);
    }

    private static ServiceProvider Build(string json, Action<IFlamaBuilder> add)
    {
        ServiceCollection services = new();
        services.AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build());
        add(services.AddFlama());
        return services.BuildServiceProvider();
    }
}
