using System.Buffers;
using System.Text;
using System.Text.Json;
using Flama.Json;

namespace Flama.Tests.Json;

public sealed class OutputPartTests
{
    public static TheoryData<string> Answers => ["rows", "matrix", "list", "named", "tensor", "single", "empty"];

    [Theory]
    [MemberData(nameof(Answers))]
    public void WritePart_AnyPieces_MakeTheSameText(string kind)
    {
        using var output = Make(kind);
        var whole = Text(json => OutputWriter.Write(json, output));

        foreach (var values in new[] { 1, 2, 3, 7, 1000 })
        {
            var parts = 0;
            var text = Text(json =>
            {
                OutputPosition position = default;
                bool isComplete;
                do
                {
                    isComplete = OutputWriter.WritePart(json, output, ref position, values);
                    json.Flush();
                    parts++;
                }
                while (!isComplete);
            });

            Assert.Equal(whole, text);
            Assert.True(values != 1 || kind is "single" or "empty" || parts >= 3, $"{parts} parts");
        }
    }

    private static ModelOutput Make(string kind) => kind switch
    {
        "rows" => ModelOutput.Of(Rows(5)),
        "matrix" => ModelOutput.Of(PredictionBatch.Of(PredictionKind.Float, [1, 2, 3, 4, 5, 6], 2)),
        "list" => ModelOutput.List([Rows(3), Rows(0), Rows(2)]),
        "named" => ModelOutput.Named(["a", "b"], [Rows(4), ModelTensor.Of<long>([1, 2, 3, 4, 5, 6, 7, 8], 2, 2, 2)]),
        "tensor" => ModelOutput.Of(ModelTensor.Of<float>([1, 2, 3, 4, 5, 6], 3, 1, 2)),
        "single" => ModelOutput.Of(ModelTensor.Rent(ElementType.Float64)),
        _ => ModelOutput.Of(Rows(0)),
    };

    private static PredictionBatch Rows(int count) => PredictionBatch.Of(PredictionKind.Float, [.. Enumerable.Range(0, count).Select(i => i / 2.0)]);

    private static string Text(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> bytes = new();
        using Utf8JsonWriter json = new(bytes);
        write(json);
        json.Flush();
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
