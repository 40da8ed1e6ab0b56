using Flama.Tests;

namespace Flama.Keras.Tests.Golden;

/// <summary>Cases of the real libraries: a few always, all of them where the shared folder is there.</summary>
public sealed class KerasGoldenTests
{
    // Of the graphs of TensorFlow, those that work on text, sparse tensors and bits, and loops of TensorFlow 1 are refused, naming the operation.
    private const int SavedModels = 170;

    // A case of another signature than that which is served.
    private const string OtherSignature = "tf_several_signatures__";

    // What differs by a number in the middle between two whole ones, which the last bit decides.
    private static readonly string[] Ties = ["resizing_uint8__keras", "resizing_uint8__h5"];

    // What is refused though Keras answers: spectrograms, and boundaries that an .h5 file of Keras 2 does not have.
    private static readonly string[] Refused = ["melspectrogram__keras", "melspectrogram__h5", "stft__keras", "discretization_adapted__h5"];

    [Theory]
    [InlineData("keras2.15.zip")]
    [InlineData("keras3.x.zip")]
    public void Cases_OfTheFixtures_AnswerAsInKeras(string archive)
    {
        using var cases = GoldenArchive.OpenFile(Fixtures.PathOf("golden", "keras", archive));

        Check(archive, cases);
    }

    [Theory]
    [InlineData("keras2.15.zip")]
    [InlineData("keras3.x.zip")]
    [InlineData("keras3.0.zip")]
    [InlineData("tf_keras2.16.zip")]
    public void Cases_OfTheSharedFolder_AnswerAsInKeras(string archive)
    {
        using var cases = GoldenArchive.Open("keras", archive);
        Assert.SkipWhen(cases is null, "The shared folder is not there.");

        Check(archive, cases!);
    }

    [Fact]
    public void SavedModels_OfTheSharedFolder_AnswerAsInTensorFlow()
    {
        using var cases = GoldenArchive.Open("keras", "savedmodel.zip");
        Assert.SkipWhen(cases is null, "The shared folder is not there.");

        var (count, failures) = GoldenRun.All(cases!);

        var wrong = failures.Where(failure => !failure.Contains(": unsupported_format: ", StringComparison.Ordinal) && !failure.Contains(": invalid_model: ", StringComparison.Ordinal) && !failure.StartsWith(OtherSignature, StringComparison.Ordinal)).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"savedmodel.zip: {count - failures.Count} of {count}");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {count} fail:\n{string.Join('\n', wrong)}");
        Assert.InRange(count - failures.Count, SavedModels, count);
    }

    private static void Check(string archive, GoldenArchive cases)
    {
        var filter = Environment.GetEnvironmentVariable("FLAMA_KERAS_CASES");

        var (count, failures) = GoldenRun.All(cases, filter is null ? null : name => name.Contains(filter, StringComparison.Ordinal));

        var wrong = failures.Where(failure => !Ties.Contains(failure.Split(':')[0], StringComparer.Ordinal)).Where(failure => !Refused.Contains(failure.Split(':')[0], StringComparer.Ordinal) || !(failure.Contains(": unsupported_format: ", StringComparison.Ordinal) || failure.Contains(": invalid_model: ", StringComparison.Ordinal))).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"{archive}: {count - failures.Count} of {count}");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {count} fail:\n{string.Join('\n', wrong)}");
    }
}
