using System.Buffers;
using System.Text;
using System.Text.Json;
using Flama.Json;
using Flama.Tests;

namespace Flama.ConformanceTests;

/// <summary>The models that are timed give the predictions that were stored with them.</summary>
public sealed class SpeedModelTests
{
    public static TheoryData<string> Models() =>
        [.. Fixtures.List("sklearn-speed", "*.pkl").Select(path => Path.GetFileNameWithoutExtension(path))];

    [Theory]
    [MemberData(nameof(Models))]
    public void Predict_StoredRows_GivesStoredPredictions(string name)
    {
        using var stored = JsonDocument.Parse(File.ReadAllBytes(Fixtures.PathOf("sklearn-speed", $"{name}.rows.json")));
        using var model = Engines.Load(Pickled.Source(name, File.ReadAllBytes(Fixtures.PathOf("sklearn-speed", $"{name}.pkl"))));
        var rows = Encoding.UTF8.GetBytes(stored.RootElement.GetProperty("rows").GetRawText());

        using var input = InputReader.For(model.GetMethod(ModelMethod.Predict).Input).ReadValue(rows);
        using var prediction = model.Predict(input);

        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, JsonOutput.Compact))
        {
            OutputWriter.Write(writer, prediction);
        }

        using var expected = JsonDocument.Parse(stored.RootElement.GetProperty("predict").GetRawText());
        Assert.Equal(JsonSerializer.Serialize(expected), Encoding.UTF8.GetString(json.WrittenSpan));
    }
}
