using System.Collections.Concurrent;
using System.Text.Json;

namespace Flama.Testing;

/// <summary>A model for tests that answers what it is told to, so that a test of what an application does with answers does not depend on a trained model.</summary>
/// <remarks>
/// Say what it answers before it is used; thread-safe after that. Rows are checked as those of any model are: their number of cells, and their names where it has features.
/// <code>
/// FakeModel fake = new FakeModel("age", "country").Classifies(["stays", "leaves"], row => row.Number("age") > 60 ? [0.1, 0.9] : [0.8, 0.2]);
/// </code>
/// </remarks>
public sealed class FakeModel : Model
{
    private readonly TableSpec input;
    private readonly string[] names;
    private readonly List<ModelMethod> methods = [];
    private readonly List<LabelSet> classes = [];
    private readonly ConcurrentQueue<FakeRow> rows = new();
    private Exception? failure;

    /// <summary>Makes a model whose features have names.</summary>
    /// <param name="features">The names, in order; none for a model that takes rows of any number of cells.</param>
    public FakeModel(params string[] features)
    {
        ArgumentNullException.ThrowIfNull(features);
        names = [.. features];
        input = names.Length == 0 ? TableSpec.Unknown : new([.. names.Select(name => FeatureOf(name))]);
        Metadata = MetadataOf();
    }

    /// <summary>Makes a model whose features have no names.</summary>
    /// <param name="features">How many there are, 1 or more.</param>
    public FakeModel(int features)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        names = [];
        input = new([.. Enumerable.Range(0, features).Select(_ => FeatureOf(null))]);
        Metadata = MetadataOf();
    }

    private FakeModel(TableSpec input)
    {
        this.input = input;
        names = input.HasNames ? [.. input.Features.Select(feature => feature.Name!)] : [];
        Metadata = MetadataOf();
    }

    /// <inheritdoc/>
    public override ModelMetadata Metadata { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ModelMethod> Methods => methods;

    /// <inheritdoc/>
    public override IReadOnlyList<LabelSet> Classes => classes;

    /// <summary>The rows that it was asked for so far, by whichever method, in the order in which they came.</summary>
    public IReadOnlyList<FakeRow> Rows => [.. rows];

    /// <summary>Makes a model that takes the rows that another takes, with its names, its types and its rules.</summary>
    /// <param name="model">The other; not used afterwards.</param>
    /// <exception cref="FlamaException">The other has no <c>predict</c> (<see cref="ErrorCodes.MethodNotAvailable"/>).</exception>
    /// <exception cref="ArgumentException">It does not take rows.</exception>
    public static FakeModel Like(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.GetMethod(ModelMethod.Predict).Input is TableSpec spec ? new(spec) : throw new ArgumentException($"{model.Metadata.ModelClass} does not take rows.", nameof(model));
    }

    /// <summary>Lets <c>predict</c> answer a number for each row.</summary>
    /// <param name="answer">Gives the number.</param>
    /// <returns>This model.</returns>
    public FakeModel Predicts(Func<FakeRow, double> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Add(ModelMethod.Predict, OutputSpec.OfRows(PredictionKind.Float), PredictionKind.Float, [], [], (row, values) => values[0] = answer(row));
    }

    /// <summary>Lets <c>predict</c> answer a label for each row, and <c>predict_proba</c> the probabilities of all.</summary>
    /// <param name="labels">The labels, two or more.</param>
    /// <param name="probabilities">Gives a probability for each label; the label of the largest is predicted.</param>
    /// <returns>This model.</returns>
    public FakeModel Classifies(IReadOnlyList<string> labels, Func<FakeRow, double[]> probabilities)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Classifies([.. labels.Select(Scalar.Of)], probabilities);
    }

    /// <summary>The same where labels are whole numbers.</summary>
    /// <inheritdoc cref="Classifies(IReadOnlyList{string}, Func{FakeRow, double[]})"/>
    public FakeModel Classifies(IReadOnlyList<long> labels, Func<FakeRow, double[]> probabilities)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Classifies([.. labels.Select(label => Scalar.Of(label))], probabilities);
    }

    /// <summary>Lets every call fail from now on, as a model does that cannot answer; also while it is in use.</summary>
    /// <param name="exception">What calls throw: a <see cref="FlamaException"/> is answered with its code, anything else as a fault of the server. Null for no more failures.</param>
    /// <returns>This model.</returns>
    public FakeModel Fails(Exception? exception)
    {
        Volatile.Write(ref failure, exception);
        return this;
    }

    private FakeModel Classifies(Scalar[] labels, Func<FakeRow, double[]> probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentOutOfRangeException.ThrowIfLessThan(labels.Length, 2, nameof(labels));
        LabelSet set = new(labels);
        classes.Add(set);
        double[] Ask(FakeRow row) => probabilities(row) is { } given && given.Length == set.Count
            ? given
            : throw new InvalidOperationException($"The fake answers with another number of probabilities than its {set.Count} labels.");
        Add(ModelMethod.Predict, OutputSpec.OfRows(PredictionKind.Label, null, set), PredictionKind.Label, [], [set], (row, values) => values[0] = Ask(row).Index().MaxBy(one => one.Item).Index);
        var columns = OutputSpec.OfRows(PredictionKind.Float, set.Count) with { Columns = set };
        return Add(ModelMethod.PredictProba, columns, PredictionKind.Float, [set.Count], [], (row, values) => Ask(row).CopyTo(values, 0));
    }

    private FakeModel Add(string method, OutputSpec output, PredictionKind kind, int[] shape, IReadOnlyList<LabelSet> labels, Answer answer)
    {
        if (FindMethod(method) is not null)
        {
            throw new InvalidOperationException($"The fake has been told already what '{method}' answers.");
        }

        methods.Add(new TableMethod(method, input, [output], (FeatureBatch batch, in InvokeOptions _) => Compute(batch, kind, shape, labels, answer)));
        return this;
    }

    private ModelOutput Compute(FeatureBatch batch, PredictionKind kind, int[] shape, IReadOnlyList<LabelSet> labels, Answer answer)
    {
        if (Volatile.Read(ref failure) is { } told)
        {
            throw told;
        }

        var width = shape.Length == 0 ? 1 : shape[0];
        var values = new double[batch.Rows][];
        for (var i = 0; i < batch.Rows; i++)
        {
            FakeRow row = new(batch, i, names);
            rows.Enqueue(row);
            values[i] = new double[width];
            answer(row, values[i]);
        }

        var answers = PredictionBatch.Rent(kind, batch.Rows, shape, labels);
        foreach (var (i, row) in values.Index())
        {
            foreach (var (column, value) in row.Index())
            {
                answers.SetValue(i, column, value);
            }
        }

        return ModelOutput.Of(answers);
    }

    private static Feature FeatureOf(string? name) => new(FeatureKind.Any) { Name = name, AllowsMissing = true };

    private static ModelMetadata MetadataOf()
    {
        using var document = JsonDocument.Parse(
            $$$"""{"id": "{{{Guid.NewGuid()}}}", "timestamp": null, "framework": {"lib": "fake", "version": "0"}, "model": {"obj": "FakeModel", "info": null, "params": {}, "metrics": {}}, "extra": null}""");
        return new ModelMetadata(document.RootElement);
    }

    private delegate void Answer(FakeRow row, double[] values);
}
