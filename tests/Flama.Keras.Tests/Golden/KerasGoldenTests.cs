using Flama.Tests;

namespace Flama.Keras.Tests.Golden;

/// <summary>Cases of the real libraries: a few always, all of them where the shared folder is there.</summary>
public sealed class KerasGoldenTests
{
    // Graphs that work on text, sparse tensors and bits, and loops of TensorFlow 1: refused, naming the operation.
    private static readonly string[] OtherGraphs =
    [
        "m_preprocess_", "m_text_bow_tfidf__", "m_text_vectorization_sentiment__", "m_seq2seq_gru_state__k2-frozen", "m_seq2seq_gru_state__k3-frozen", "m_video_convlstm__k2-frozen", "m_video_convlstm__k3-frozen",
        "m_tagger_gru_timedistributed__k2-frozen", "m_tagger_gru_timedistributed__k3-frozen", "tf_est_", "tf_parse_example__", "tf_string_", "tf_switch_case__", "tf_v1_table__", "tf_vocab_file_asset__",
        "tf_float_ops__", "tf_int_ops__",
    ];

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

        var wrong = failures.Where(failure => !OtherGraphs.Any(name => failure.StartsWith(name, StringComparison.Ordinal) && failure.Contains(": unsupported_format: ", StringComparison.Ordinal)) && !failure.StartsWith(OtherSignature, StringComparison.Ordinal)).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"savedmodel.zip: {count - failures.Count} of {count}");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {count} fail:\n{string.Join('\n', wrong)}");
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
