namespace Flama.Tests.Hosting;

/// <summary>Small models whose answers can be told by looking at the rows.</summary>
internal static class FakeModels
{
    public static readonly LabelSet YesNo = new([Scalar.Of("no"), Scalar.Of("yes")]);

    private static readonly TableSpec OneNumber = new([new(FeatureKind.Number)]);

    /// <summary>Two numbers; yes when their sum is positive.</summary>
    public static FakeModel Linear()
    {
        TableSpec rows = new([new(FeatureKind.Number), new(FeatureKind.Number)]);
        return new(
            "LinearClassifier",
            Method(ModelMethod.Predict, rows, OutputSpec.OfRows(PredictionKind.Label, null, YesNo), (input, _) =>
            {
                var output = PredictionBatch.Rent(PredictionKind.Label, input.Rows, [], [YesNo]);
                ForEach(input, (row, sum) => output.SetValue(row, 0, sum > 0 ? 1 : 0));
                return output;
            }),
            Method(ModelMethod.PredictProba, rows, OutputSpec.OfRows(PredictionKind.Float, 2) with { Columns = YesNo }, (input, _) =>
            {
                var output = PredictionBatch.RentMatrix(PredictionKind.Float, input.Rows, 2);
                ForEach(input, (row, sum) =>
                {
                    output.SetValue(row, 0, sum > 0 ? 0.25 : 1);
                    output.SetValue(row, 1, sum > 0 ? 0.75 : 0);
                });
                return output;
            }),
            Method("decision_function", rows, OutputSpec.OfRows(PredictionKind.Float), Sum))
        {
            ClassLabels = [YesNo],
        };
    }

    /// <summary>An unused id, a country, an age that may be missing or text, a balance; the answer is age plus balance, 0 for missing.</summary>
    public static FakeModel Customer() => new(
        "Pipeline",
        Method(
            ModelMethod.Predict,
            new TableSpec(
            [
                new(FeatureKind.Any) { Name = "id", IsUsed = false },
                new(FeatureKind.Any) { Name = "country", Categories = [Scalar.Of("France"), Scalar.Of("Spain")] },
                new(FeatureKind.Number) { Name = "age", AllowsMissing = true, ParsesText = true },
                new(FeatureKind.Number) { Name = "balance", Example = Scalar.Of(100.5) },
            ]),
            OutputSpec.OfRows(PredictionKind.Float),
            (input, _) =>
            {
                var output = PredictionBatch.RentVector(PredictionKind.Float, input.Rows);
                for (var row = 0; row < input.Rows; row++)
                {
                    var cells = input.Row(row);
                    output.SetValue(row, 0, (double.IsNaN(cells[2]) ? 0 : cells[2]) + cells[3]);
                }

                return output;
            }));

    /// <summary>Texts; the answer is their length.</summary>
    public static FakeModel Text() => new(
        "TextModel",
        Method(
            ModelMethod.Predict,
            new TableSpec([new(FeatureKind.Text)]) { RowForm = RowForm.Document },
            OutputSpec.OfRows(PredictionKind.Integer),
            (input, _) =>
            {
                var output = PredictionBatch.RentVector(PredictionKind.Integer, input.Rows);
                for (var row = 0; row < input.Rows; row++)
                {
                    output.SetValue(row, 0, input.TextAt(row, 0)!.Length);
                }

                return output;
            }));

    /// <summary>Objects of any names, or rows of any width; the answer is the number of cells.</summary>
    public static FakeModel Counter(TableSpec rows) => new(
        "Counter",
        Method(ModelMethod.Predict, rows, OutputSpec.OfRows(PredictionKind.Integer), (input, _) => Filled(PredictionKind.Integer, input.Rows, [], input.Columns)));

    /// <summary>One number, doubled; only <c>transform</c>.</summary>
    public static FakeModel Doubler() => new(
        "Doubler",
        Method("transform", OneNumber, OutputSpec.OfRows(PredictionKind.Float, 1), (input, _) =>
        {
            var output = PredictionBatch.RentMatrix(PredictionKind.Float, input.Rows, 1);
            ForEach(input, (row, sum) => output.SetValue(row, 0, 2 * sum));
            return output;
        }));

    /// <summary>One number; two classifiers at once, so that probabilities are a list of arrays.</summary>
    public static FakeModel TwoOutputs()
    {
        var sizes = new LabelSet([Scalar.Of(1L), Scalar.Of(2L), Scalar.Of(3L)]);
        return new(
            "MultiOutputClassifier",
            Method(ModelMethod.Predict, OneNumber, OutputSpec.OfRows(PredictionKind.Label, 2, YesNo, sizes), (input, _) =>
            {
                var output = PredictionBatch.Rent(PredictionKind.Label, input.Rows, [2], [YesNo, sizes]);
                ForEach(input, (row, _) =>
                {
                    output.SetValue(row, 0, 1);
                    output.SetValue(row, 1, 1);
                });
                return output;
            }),
            new TableMethod(
                ModelMethod.PredictProba,
                OneNumber,
                [
                    OutputSpec.OfRows(PredictionKind.Float, 2) with { Name = "output_0", Columns = YesNo },
                    OutputSpec.OfRows(PredictionKind.Float, 3) with { Name = "output_1", Columns = sizes },
                ],
                (FeatureBatch input, in InvokeOptions _) => ModelOutput.List(
                    [Filled(PredictionKind.Float, input.Rows, [2], 0.5), Filled(PredictionKind.Float, input.Rows, [3], 0.25)]),
                OutputForm.List))
        {
            ClassLabels = [YesNo, sizes],
        };
    }

    /// <summary>Three numbers to one, their sum, and one number back to three.</summary>
    public static FakeModel TwoWidths() => new(
        "TwoWidths",
        Method("transform", new TableSpec([new(FeatureKind.Number), new(FeatureKind.Number), new(FeatureKind.Number)]), OutputSpec.OfRows(PredictionKind.Float, 1), (input, _) =>
        {
            var output = PredictionBatch.RentMatrix(PredictionKind.Float, input.Rows, 1);
            ForEach(input, (row, sum) => output.SetValue(row, 0, sum));
            return output;
        }),
        Method("inverse_transform", OneNumber, OutputSpec.OfRows(PredictionKind.Float, 3), (input, _) => Filled(PredictionKind.Float, input.Rows, [3], 0)));

    /// <summary>Two tensors of one batch, whole numbers and pairs; the sum of each pair by name, and twice each whole number.</summary>
    public static FakeModel Tensors()
    {
        Dimension batch = new(null, "batch");
        return new(
            "TensorModel",
            new TensorMethod(
                ModelMethod.Predict,
                new TensorsSpec([new("ids", ElementType.Int64, [batch]), new("weights", ElementType.Float32, [batch, 2])]),
                [new("sums", ElementType.Float64, [batch]), new("doubled", ElementType.Int64, [batch])],
                (TensorInputs inputs, in InvokeOptions _) =>
                {
                    var ids = inputs["ids"].Elements<long>();
                    var weights = inputs["weights"].Elements<float>();
                    var sums = new double[ids.Length];
                    var doubled = new long[ids.Length];
                    for (var i = 0; i < ids.Length; i++)
                    {
                        sums[i] = (double)weights[2 * i] + weights[(2 * i) + 1];
                        doubled[i] = 2 * ids[i];
                    }

                    return ModelOutput.Named(["sums", "doubled"], [ModelTensor.Of<double>(sums, sums.Length), ModelTensor.Of<long>(doubled, doubled.Length)]);
                }),
            new TensorMethod(
                "transform",
                new TensorsSpec([new("image", ElementType.UInt8, [batch, 2, 2])]),
                [new("output", ElementType.UInt8, [batch, 2, 2])],
                (TensorInputs inputs, in InvokeOptions _) => ModelOutput.Of(ModelTensor.Of(inputs[0].Elements<byte>(), [.. inputs[0].Shape]))));
    }

    /// <summary>A method that answers a list of tensors, of which one is a single value, and leaves the type of its input open.</summary>
    public static FakeModel OpenTensor() => new(
        "OpenModel",
        new TensorMethod(
            ModelMethod.Predict,
            new TensorsSpec([new("x", ElementType.Float32, null) { IsTypeOpen = true }]),
            [new("same", ElementType.Mixed, null), new("count", ElementType.Int64, [])],
            (TensorInputs inputs, in InvokeOptions _) => ModelOutput.List([Copy(inputs[0]), ModelTensor.Of<long>([inputs[0].Count])]),
            OutputForm.List));

    private static ModelTensor Copy(ModelTensor tensor) => tensor.Type == ElementType.Int64
        ? ModelTensor.Of(tensor.Elements<long>(), [.. tensor.Shape])
        : ModelTensor.Of(tensor.Elements<float>(), [.. tensor.Shape]);

    /// <summary>The same method under another name.</summary>
    public static ModelMethod Renamed(this ModelMethod method, string name) => new TableMethod(
        name, (TableSpec)method.Input, method.Outputs, (FeatureBatch input, in InvokeOptions options) => method.Invoke(input, options), method.OutputForm);

    /// <summary>One number; keeps the number of threads that a caller allows.</summary>
    public static FakeModel Degrees(List<int> degrees) => new(
        "Degrees",
        Method(ModelMethod.Predict, OneNumber, OutputSpec.OfRows(PredictionKind.Integer), (input, degree) =>
        {
            degrees.Add(degree);
            return PredictionBatch.RentVector(PredictionKind.Integer, input.Rows);
        }));

    /// <summary>One number; throws what the test gives it.</summary>
    public static FakeModel Throwing(Func<Exception> make) => new(
        "Throwing",
        Method(ModelMethod.Predict, OneNumber, OutputSpec.OfRows(PredictionKind.Float), (_, _) => throw make()));

    /// <summary>One number; computes until it is cancelled.</summary>
    public static FakeModel Endless(TaskCompletionSource begun, TaskCompletionSource stopped) => new(
        "Endless",
        new TableMethod(ModelMethod.Predict, OneNumber, [OutputSpec.OfRows(PredictionKind.Float)], (FeatureBatch _, in InvokeOptions options) =>
        {
            begun.TrySetResult();
            options.CancellationToken.WaitHandle.WaitOne();
            stopped.TrySetResult();
            throw new OperationCanceledException(options.CancellationToken);
        }));

    /// <summary>One number; the answer is always the same, and wrong once the model is disposed.</summary>
    public static FakeModel Constant(double answer) => Waiting(null, null, answer);

    /// <summary>One number; signals when it was asked, and answers when it may.</summary>
    public static FakeModel Waiting(SemaphoreSlim? reached, SemaphoreSlim? goOn, double answer)
    {
        FakeModel? made = null;
        made = new(
            "Waiting",
            Method(ModelMethod.Predict, OneNumber, OutputSpec.OfRows(PredictionKind.Float), (input, _) =>
            {
                reached?.Release();
                goOn?.Wait(TestContext.Current.CancellationToken);
                ObjectDisposedException.ThrowIf(made!.IsDisposed, made);
                return Filled(PredictionKind.Float, input.Rows, [], answer);
            }));
        return made;
    }

    private static TableMethod Method(string name, TableSpec rows, OutputSpec output, Func<FeatureBatch, int, PredictionBatch> compute) =>
        new(name, rows, [output], (FeatureBatch input, in InvokeOptions options) => ModelOutput.Of(compute(input, options.MaxDegreeOfParallelism)));

    private static PredictionBatch Filled(PredictionKind kind, int rows, int[] rowShape, double value) =>
        PredictionBatch.Of(kind, Enumerable.Repeat(value, rows * rowShape.Aggregate(1, (product, length) => product * length)).ToArray(), rowShape);

    private static PredictionBatch Sum(FeatureBatch input, int threads)
    {
        var output = PredictionBatch.RentVector(PredictionKind.Float, input.Rows);
        ForEach(input, (row, sum) => output.SetValue(row, 0, sum));
        return output;
    }

    private static void ForEach(FeatureBatch input, Action<int, double> answer)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var sum = 0.0;
            foreach (var cell in input.Row(row))
            {
                sum += cell;
            }

            answer(row, sum);
        }
    }
}
