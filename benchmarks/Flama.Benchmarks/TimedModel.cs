using System.Text;
using System.Text.Json;
using Flama.Json;
using Flama.Tests;

namespace Flama.Benchmarks;

/// <summary>A model of <c>tests/fixtures/sklearn-speed</c> and what is timed of it.</summary>
internal sealed class TimedModel
{
    private readonly ModelEngines engines = new ModelEngines().AddManaged();
    private readonly ModelSource source;
    private readonly Model model;
    private readonly JsonElement rows;

    /// <summary>Loads the model.</summary>
    public TimedModel(string name)
    {
        source = new(name, ModelFormats.Pickle, ModelPayload.FromMemory(File.ReadAllBytes(Fixtures.PathOf("sklearn-speed", $"{name}.pkl"))));
        model = engines.Load(source);
        rows = JsonDocument.Parse(File.ReadAllBytes(Fixtures.PathOf("sklearn-speed", $"{name}.rows.json"))).RootElement.GetProperty("rows");
    }

    /// <summary>Loads the model once more.</summary>
    public void Load() => engines.Load(source).Dispose();

    /// <summary>Kilobytes that loading allocates, all of them together: no less than its peak.</summary>
    public double LoadKilobytes()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Load();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 1024.0;
    }

    /// <summary>Predicting for so many rows that <c>time_python.py</c> makes of the stored ones in the same way.</summary>
    public Action Predict(int count)
    {
        var batch = new FeatureReader((TableSpec)model.GetMethod(ModelMethod.Predict).Input).ReadRows(Encoding.UTF8.GetBytes($"[{string.Join(",", Enumerable.Range(0, count).Select(Row))}]"));
        var method = model.GetMethod(ModelMethod.Predict);
        return () => method.Invoke(batch).Dispose();
    }

    // Each cell comes from another stored row: rows that repeat would be easier to foresee for a processor than a user's are.
    private string Row(int index)
    {
        var stored = rows.GetArrayLength();
        if (rows[0].ValueKind == JsonValueKind.String)
        {
            return rows[index % stored].GetRawText();
        }

        var cells = Enumerable.Range(0, rows[0].GetArrayLength()).Select(column => rows[Source(index, column) % stored][column].GetRawText());
        return $"[{string.Join(",", cells)}]";
    }

    private static int Source(int index, int column) => index == 0 ? 0 : (int)((((uint)index * 2654435761u) ^ ((uint)column * 2246822519u)) >> 8);
}
