using System.Collections;
using System.IO.Compression;
using Flama.Hosting;

namespace Flama.Tests;

public sealed class PredictingTests
{
    private static readonly string Xor = Fixtures.PathOf("flm", "xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm");
    private static readonly string Churn = Fixtures.RepositoryPathOf("samples", "churn", "churn.flm");

    private static readonly Customer Walker = new(792, Country.France, "Female", 28, 4, 130142.79, 1, true, false, 38190.78);

    [Fact]
    public void Load_PathBytesAndStream_GiveTheSameAnswers()
    {
        using var stream = File.OpenRead(Xor);
        using var ofPath = FlamaModel.Load(Xor);
        using var ofBytes = FlamaModel.Load(File.ReadAllBytes(Xor), "xor.flm");
        using var ofStream = FlamaModel.Load(stream, "xor.flm");

        Assert.All([ofPath, ofBytes, ofStream], model => Assert.Equal(["0", "1", "1", "0"], model.PredictLabels([[0, 0], [0, 1], [1, 0], [1, 1]])));
    }

    [Fact]
    public async Task LoadAsync_Path_Loads()
    {
        using var model = await FlamaModel.LoadAsync(Xor, TestContext.Current.CancellationToken);

        Assert.Equal(["1"], model.PredictLabels([[0, 1]]));
    }

    [Fact]
    public void Predict_ArraysSpansAndFloats_Agree()
    {
        using var model = FlamaModel.Load(Xor);

        Assert.Equal([1.0, 0.0], model.PredictNumbers([[0, 1], [1, 1]]));
        Assert.Equal([1.0, 0.0], model.PredictNumbers(ModelRows.FromCells([0.0, 1.0, 1.0, 1.0], 2)));
        Assert.Equal([1.0], model.PredictNumbers(new float[] { 0, 1 }));
        Assert.Equal([1.0], model.PredictNumbers(new double[] { 0, 1 }));
    }

    [Fact]
    public void Predict_WrongWidth_SaysWhatIsExpected()
    {
        using var model = FlamaModel.Load(Xor);

        var failure = Assert.Throws<FlamaException>(() => model.PredictLabels([[0, 1, 2]]));

        Assert.Equal("Row 0 has 3 features, expected 2.", failure.Message);
    }

    [Fact]
    public void PredictProbabilities_OfClassifier_AreByLabel()
    {
        using var model = FlamaModel.Load(Xor);

        var probabilities = Assert.Single(model.PredictProbabilities([[0, 1]]));

        Assert.Equal(["0", "1"], probabilities.Keys);
        Assert.Equal(1, probabilities.Values.Sum(), 12);
        Assert.True(probabilities["1"] > 0.5);
    }

    [Fact]
    public void Predict_RecordsDictionariesAndColumns_Agree()
    {
        using var model = LoadNamed();
        Dictionary<string, object?> row = new()
        {
            ["credit"] = 836,
            ["country"] = "Spain",
            ["plan"] = "pro",
            ["age"] = 39.0,
            ["balance"] = null,
            ["n_products"] = 2,
            ["active"] = true,
            ["salary"] = 194713.88,
        };

        var ofDictionary = model.PredictProbabilities(ModelRows.Of([row]))[0]["1"];
        var ofColumns = model.PredictProbabilities(ModelRows.FromColumns(row.ToDictionary(cell => cell.Key, cell => (IList)new[] { cell.Value })))[0]["1"];
        var answer = Assert.Single(model.Predict<Account, Answer>([new(836, Country.Spain, "pro", 39, null, 2, true, 194713.88)]));

        var byPosition = model.PredictProbabilities(new object?[][] { [836, "Spain", "pro", 39.0, null, 2, true, 194713.88] })[0]["1"];

        Assert.Equal(ofDictionary, ofColumns);
        Assert.Equal(ofDictionary, byPosition);
        Assert.Equal(ofDictionary, answer.Churns);
        Assert.Equal(ofDictionary > 0.5 ? "1" : "0", answer.Label);
        Assert.Equal(Math.Max(ofDictionary, 1 - ofDictionary), answer.Probability, 12);
    }

    [Fact]
    public void Predict_RecordsByPosition_ForAModelWithoutNames()
    {
        using var model = FlamaModel.Load(Churn);

        Assert.Equal([0], model.Predict<Customer, int>([Walker]));
    }

    [Fact]
    public void Predict_RecordWithoutAFeature_NamesIt()
    {
        using var named = LoadNamed();
        using var unnamed = FlamaModel.Load(Churn);

        var failure = Assert.Throws<FlamaException>(() => named.Predict<TooSmall, int>([new(1)]));
        var other = Assert.Throws<FlamaException>(() => unnamed.Predict<TooSmall, int>([new(1)]));

        Assert.StartsWith("TooSmall has nothing for 'credit', 'country'", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("The model was trained without names: mark properties with [Feature(position)].", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_AnswerWithUnknownLabel_ListsTheClasses()
    {
        using var model = FlamaModel.Load(Churn);

        var failure = Assert.Throws<FlamaException>(() => model.Predict<Customer, WrongAnswer>([Walker]));

        Assert.Equal("WrongAnswer does not fit the model: there is no class 'yes' among 0, 1.", failure.Message);
    }

    [Fact]
    public void Acquire_AfterDispose_Throws()
    {
        var model = FlamaModel.Load(Xor);
        model.Dispose();

        Assert.Throws<ObjectDisposedException>(() => model.PredictLabels([[0, 1]]));
    }

    [Fact]
    public void Dispose_DuringALease_WaitsForIt()
    {
        var model = FlamaModel.Load(Xor);
        var lease = model.Acquire();
        model.Dispose();

        using (var output = lease.Model.Predict(FeatureBatch.Wrap([0, 1], 2)))
        {
            Assert.Equal(1, output.Batch.Rows);
        }

        lease.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Acquire());
    }

    private static LoadedModel LoadNamed()
    {
        using var archive = ZipFile.OpenRead(Fixtures.PathOf("sklearn", "1.4.2.zip"));
        using var pickle = archive.GetEntry("ct_churn_mlp/model.pkl")!.Open();
        return FlamaModel.Load(pickle, "ct_churn_mlp.pkl");
    }

    public enum Country
    {
        France,
        Germany,
        Spain,
    }

    public sealed record Account(int Credit, Country Country, string Plan, double? Age, double? Balance, int NProducts, bool Active, [property: Feature("salary")] double Income);

    public sealed record Customer(
        [property: Feature(3)] int CreditScore,
        [property: Feature(4)] Country Geography,
        [property: Feature(5)] string Gender,
        [property: Feature(6)] int Age,
        [property: Feature(7)] int Tenure,
        [property: Feature(8)] double Balance,
        [property: Feature(9)] int Products,
        [property: Feature(10)] bool HasCard,
        [property: Feature(11)] bool IsActive,
        [property: Feature(12)] double Salary);

    public sealed record Answer(string Label, double Probability, [Probability("1")] double Churns);

    public sealed record TooSmall(int Age);

    public sealed record WrongAnswer([Probability("yes")] double Yes);
}
