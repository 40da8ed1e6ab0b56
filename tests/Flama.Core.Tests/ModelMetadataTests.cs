using System.Text.Json;

namespace Flama.Tests;

public class ModelMetadataTests
{
    private const string Minimal = """{"id":"x","timestamp":"t","framework":{"lib":"sklearn","version":"1.4.2"},"model":{"obj":"SVC"}}""";

    [Fact]
    public void Constructor_Document_KeepsOrderAndContent()
    {
        var json = """{"timestamp":"2023-03-10T11:30:00","extra":{"b":1e-08,"a":"é"},"id":"a","model":{"obj":"SVC","info":null},"framework":{"version":"1","lib":"sklearn"}}""";

        var metadata = Make(json);

        Assert.Equal(json, metadata.Document.GetRawText());
        Assert.Equal(("sklearn", "1", "SVC"), (metadata.Framework, metadata.FrameworkVersion, metadata.ModelClass));
        Assert.Null(metadata.Info);
        Assert.NotNull(metadata.Extra);
    }

    [Theory]
    [InlineData("{621C1D8A-144A-4A86-9A9C-9157F80BFA2D}", "621c1d8a-144a-4a86-9a9c-9157f80bfa2d")]
    [InlineData("urn:uuid:621c1d8a144a4a869a9c9157f80bfa2d", "621c1d8a-144a-4a86-9a9c-9157f80bfa2d")]
    [InlineData("my model", "my model")]
    public void Id_Uuid_IsLowerCaseAndDashed(string written, string expected)
    {
        var metadata = Make(Minimal.Replace("\"x\"", JsonSerializer.Serialize(written), StringComparison.Ordinal));

        Assert.Equal(expected, metadata.Id);
        Assert.Equal(expected, metadata.Document.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("2023-03-10 11:30:00", "2023-03-10T11:30:00")]
    [InlineData("2023-03-10T11:30:00", "2023-03-10T11:30:00")]
    [InlineData("yesterday", "yesterday")]
    public void Timestamp_Space_BecomesT(string written, string expected)
    {
        var metadata = Make(Minimal.Replace("\"t\"", $"\"{written}\"", StringComparison.Ordinal));

        Assert.Equal(expected, metadata.Timestamp);
    }

    [Theory]
    [InlineData("""{"model_version":"1.0.0"}""", "1.0.0")]
    [InlineData("""{"model_version":2.50}""", "2.50")]
    [InlineData("""{"model_version":[1]}""", "x")]
    [InlineData("""{}""", "x")]
    [InlineData("null", "x")]
    public void Version_ExtraOrId_IsShown(string extra, string expected)
    {
        var metadata = Make($$"""{{Minimal[..^1]}},"extra":{{extra}}}""");

        Assert.Equal(expected, metadata.Version);
    }

    [Theory]
    [InlineData("""{"timestamp":"t"}""", "The package's metadata has no 'id'.")]
    [InlineData("""{"id":5}""", "The package's metadata has 'id' of type Number, expected a string.")]
    [InlineData("""{"id":"x","timestamp":"t","framework":[]}""", "The package's metadata has no 'lib'.")]
    [InlineData("[]", "The package's metadata has no 'id'.")]
    public void Constructor_MissingKeys_IsCorrupt(string json, string message)
    {
        var failure = Assert.Throws<FlamaException>(() => Make(json));

        Assert.Equal(ErrorCodes.Corrupt, failure.Code);
        Assert.Equal(message, failure.Message);
    }

    private static ModelMetadata Make(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new(document.RootElement);
    }
}
