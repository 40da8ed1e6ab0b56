namespace Flama.Tests.Hosting;

/// <summary>Small models whose answers can be told by looking at the rows.</summary>
internal static class FakeModels
{
    public static readonly LabelSet YesNo = new([Scalar.Of("no"), Scalar.Of("yes")]);

    /// <summary>Two numbers; yes when their sum is positive.</summary>
    public static FakeModel Linear() => new(
        "LinearClassifier",
        new ModelSignature([new(FeatureKind.Number), new(FeatureKind.Number)]) { Classes = [YesNo] },
        new ModelMethod(ModelMethod.Predict, new(PredictionKind.Label) { Labels = [YesNo] }, (input, _) =>
        {
            var output = PredictionBatch.Rent(PredictionKind.Label, input.Rows, [], [YesNo]);
            ForEach(input, (row, sum) => output.Values[row] = sum > 0 ? 1 : 0);
            return output;
        }),
        new ModelMethod(ModelMethod.PredictProba, new(PredictionKind.Float, 2), (input, _) =>
        {
            var output = PredictionBatch.RentMatrix(PredictionKind.Float, input.Rows, 2);
            ForEach(input, (row, sum) => (output.Row(row)[0], output.Row(row)[1]) = sum > 0 ? (0.25, 0.75) : (1.0, 0.0));
            return output;
        }),
        new ModelMethod("decision_function", new(PredictionKind.Float), Sum));

    /// <summary>An unused id, a country, an age that may be missing or text, a balance; the answer is age plus balance, 0 for missing.</summary>
    public static FakeModel Customer() => new(
        "Pipeline",
        new ModelSignature(
        [
            new(FeatureKind.Any) { Name = "id", IsUsed = false },
            new(FeatureKind.Any) { Name = "country", Categories = [Scalar.Of("France"), Scalar.Of("Spain")] },
            new(FeatureKind.Number) { Name = "age", AllowsMissing = true, ParsesText = true },
            new(FeatureKind.Number) { Name = "balance", Example = Scalar.Of(100.5) },
        ]),
        new ModelMethod(ModelMethod.Predict, new(PredictionKind.Float), (input, _) =>
        {
            var output = PredictionBatch.RentVector(PredictionKind.Float, input.Rows);
            for (var row = 0; row < input.Rows; row++)
            {
                var cells = input.Row(row);
                output.Values[row] = (double.IsNaN(cells[2]) ? 0 : cells[2]) + cells[3];
            }

            return output;
        }));

    /// <summary>Texts; the answer is their length.</summary>
    public static FakeModel Text() => new(
        "TextModel",
        new ModelSignature([new(FeatureKind.Text)]) { RowForm = RowForm.Document },
        new ModelMethod(ModelMethod.Predict, new(PredictionKind.Integer), (input, _) =>
        {
            var output = PredictionBatch.RentVector(PredictionKind.Integer, input.Rows);
            for (var row = 0; row < input.Rows; row++)
            {
                output.Values[row] = input.TextAt(row, 0)!.Length;
            }

            return output;
        }));

    /// <summary>Objects of any names, or rows of any width; the answer is the number of cells.</summary>
    public static FakeModel Counter(ModelSignature signature) => new(
        "Counter",
        signature,
        new ModelMethod(ModelMethod.Predict, new(PredictionKind.Integer), (input, _) =>
        {
            var output = PredictionBatch.RentVector(PredictionKind.Integer, input.Rows);
            output.Values.Fill(input.Columns);
            return output;
        }));

    /// <summary>One number, doubled; only <c>transform</c>.</summary>
    public static FakeModel Doubler() => new(
        "Doubler",
        new ModelSignature([new(FeatureKind.Number)]),
        new ModelMethod("transform", new(PredictionKind.Float, 1), (input, _) =>
        {
            var output = PredictionBatch.RentMatrix(PredictionKind.Float, input.Rows, 1);
            ForEach(input, (row, sum) => output.Values[row] = 2 * sum);
            return output;
        }));

    /// <summary>One number; two classifiers at once, so that probabilities are a list of arrays.</summary>
    public static FakeModel TwoOutputs()
    {
        var sizes = new LabelSet([Scalar.Of(1L), Scalar.Of(2L), Scalar.Of(3L)]);
        return new(
            "MultiOutputClassifier",
            new ModelSignature([new(FeatureKind.Number)]) { Classes = [YesNo, sizes] },
            new ModelMethod(ModelMethod.Predict, new(PredictionKind.Label, 2) { Labels = [YesNo, sizes] }, (input, _) =>
            {
                var output = PredictionBatch.Rent(PredictionKind.Label, input.Rows, [2], [YesNo, sizes]);
                output.Values.Fill(1);
                return output;
            }),
            new ModelMethod(ModelMethod.PredictProba, new(PredictionKind.Float) { IsList = true }, (input, _) =>
            {
                var first = PredictionBatch.RentMatrix(PredictionKind.Float, input.Rows, 2);
                first.Values.Fill(0.5);
                var second = PredictionBatch.RentMatrix(PredictionKind.Float, input.Rows, 3);
                second.Values.Fill(0.25);
                return PredictionBatch.Of([first, second]);
            }));
    }

    /// <summary>One number; keeps the number of threads that a caller allows.</summary>
    public static FakeModel Degrees(List<int> degrees) => new(
        "Degrees",
        new ModelSignature([new(FeatureKind.Number)]),
        new ModelMethod(ModelMethod.Predict, new(PredictionKind.Integer), (input, degree) =>
        {
            degrees.Add(degree);
            return PredictionBatch.RentVector(PredictionKind.Integer, input.Rows);
        }));

    /// <summary>One number; throws what the test gives it.</summary>
    public static FakeModel Throwing(Func<Exception> make) => new(
        "Throwing",
        new ModelSignature([new(FeatureKind.Number)]),
        new ModelMethod(ModelMethod.Predict, new(PredictionKind.Float), (_, _) => throw make()));

    /// <summary>One number; the answer is always the same, and wrong once the model is disposed.</summary>
    public static FakeModel Constant(double answer) => Waiting(null, null, answer);

    /// <summary>One number; says when it was asked, and answers when it may.</summary>
    public static FakeModel Waiting(SemaphoreSlim? reached, SemaphoreSlim? goOn, double answer)
    {
        FakeModel? made = null;
        made = new(
            "Waiting",
            new ModelSignature([new(FeatureKind.Number)]),
            new ModelMethod(ModelMethod.Predict, new(PredictionKind.Float), (input, _) =>
            {
                reached?.Release();
                goOn?.Wait(TestContext.Current.CancellationToken);
                ObjectDisposedException.ThrowIf(made!.IsDisposed, made);
                var output = PredictionBatch.RentVector(PredictionKind.Float, input.Rows);
                output.Values.Fill(answer);
                return output;
            }));
        return made;
    }

    private static PredictionBatch Sum(FeatureBatch input, int threads)
    {
        var output = PredictionBatch.RentVector(PredictionKind.Float, input.Rows);
        ForEach(input, (row, sum) => output.Values[row] = sum);
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
