using System.Text.Json;
using Flama.Joining;
using Flama.Json;

namespace Flama.Tests.Batching;

/// <summary>What models answer to rows together is what they answer to each alone, to the last bit.</summary>
public sealed class JoinedInputTests
{
    private const int Most = 40;

    public static TheoryData<string> Models => [.. Directory.GetFiles(Fixtures.PathOf("sklearn-speed"), "*.pkl").Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Models))]
    public void Rows_Together_AreAnsweredAsAlone(string name)
    {
        using var loaded = FlamaModel.Load(Fixtures.PathOf("sklearn-speed", $"{name}.pkl"));
        var model = loaded.Model;
        Assert.All(model.Methods, method => Assert.True(method.IsRowwise, method.Name));
        var reader = new FeatureReader((TableSpec)model.GetMethod(ModelMethod.Predict).Input);
        using var document = JsonDocument.Parse(File.ReadAllBytes(Fixtures.PathOf("sklearn-speed", $"{name}.rows.json")));
        ModelInput[] alone = [.. document.RootElement.GetProperty("rows").EnumerateArray().Take(Most).Select(row => reader.ReadRows(JsonSerializer.SerializeToUtf8Bytes(new[] { row })))];
        var form = JoinedInputs.FormOf(alone[0]);
        Assert.NotNull(form);
        ModelInput[] fitting = [.. alone.Where(input => JoinedInputs.Fit(alone[0], input) && JoinedInputs.FormOf(input) is { } other && other.AsSpan().SequenceEqual(form))];
        Assert.InRange(fitting.Length, 10, Most);

        using var joined = JoinedInputs.Join(fitting);
        foreach (var method in model.Methods)
        {
            using var together = method.Invoke(joined);
            Assert.True(SplitAnswer.IsByRow(together, fitting.Length));
            for (var i = 0; i < fitting.Length; i++)
            {
                using var part = SplitAnswer.Take(together, i, 1);
                using var own = method.Invoke(fitting[i]);
                using var taken = JoinedInputs.Take(joined, i, 1);
                using var again = method.Invoke(taken);
                Assert.Equal(Texts(own), Texts(part));
                Assert.Equal(Texts(own), Texts(again));
            }
        }

        Assert.All(alone, input => input.Dispose());
    }

    private static string Texts(ModelOutput output)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            OutputWriter.Write(writer, output);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
