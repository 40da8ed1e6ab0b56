using Flama.Joining;

namespace Flama.Tests.Batching;

/// <summary>Tensors of several callers as one, and what a model answered to them.</summary>
public sealed class JoinedTensorTests
{
    [Fact]
    public void Examples_OfEqualShape_AreJoinedAndDivided()
    {
        using var one = Inputs([1, 2, 3, 4], ["a", "b"], rows: 2);
        using var other = Inputs([5, 6], ["c"], rows: 1);
        Assert.Equal(JoinedInputs.FormOf(one), JoinedInputs.FormOf(other));

        using var joined = (TensorInputs)JoinedInputs.Join([one, other]);
        using var last = (TensorInputs)JoinedInputs.Take(joined, 2, 1);

        Assert.Equal(3, joined.Rows);
        Assert.Equal([3L, 2L], joined["x"].Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], joined["x"].Elements<float>());
        Assert.Equal(["a", "b", "c"], joined["t"].Texts);
        Assert.Equal([5, 6], last["x"].Elements<float>());
        Assert.Equal(["c"], last["t"].Texts);
    }

    [Fact]
    public void Examples_OfOtherShapesTypesOrNames_HaveOtherForms()
    {
        TensorInputs[] inputs =
        [
            Of("x", ModelTensor.Of<float>([1, 2], 1, 2)),
            Of("x", ModelTensor.Of<float>([1, 2, 3], 1, 3)),
            Of("x", ModelTensor.Of<float>([1, 2], 1, 2, 1)),
            Of("x", ModelTensor.Of<double>([1, 2], 1, 2)),
            Of("y", ModelTensor.Of<float>([1, 2], 1, 2)),
        ];

        Assert.Equal(inputs.Length, inputs.Select(input => Convert.ToHexString(JoinedInputs.FormOf(input)!)).Distinct(StringComparer.Ordinal).Count());
        Assert.All(inputs, input => input.Dispose());
    }

    [Fact]
    public void Tensors_ThatAreNoExamples_AreNotJoined()
    {
        using var single = Of("x", ModelTensor.Of<float>([1]).Reshape([]));
        using TensorInputs uneven = new(new("x", ModelTensor.Of<float>([1, 2])), new KeyValuePair<string, ModelTensor>("y", ModelTensor.Of<float>([1, 2, 3])));

        Assert.Null(JoinedInputs.FormOf(single));
        Assert.Null(JoinedInputs.FormOf(uneven));
    }

    [Theory]
    [InlineData(new[] { 1f, 1000f }, new[] { 1f, 1000f }, true)]
    [InlineData(new[] { 1f, 1000f }, new[] { 1.0001f, 1000.1f }, true)]
    [InlineData(new[] { 1f, 1000f }, new[] { 1f, 1002f }, false)]
    [InlineData(new[] { 1f, float.NaN }, new[] { 1f, float.NaN }, true)]
    [InlineData(new[] { 1f, float.NaN }, new[] { 1f, 1f }, false)]
    [InlineData(new[] { 1f, float.PositiveInfinity }, new[] { 1f, float.PositiveInfinity }, true)]
    public void Answers_AreCompared_ButForTheLastDigits(float[] one, float[] other, bool areClose)
    {
        using var answer = ModelOutput.Of(ModelTensor.Of<float>(one));
        using var second = ModelOutput.Of(ModelTensor.Of<float>(other));

        Assert.Equal(areClose, CloseAnswers.AreClose(answer, second));
    }

    private static TensorInputs Of(string name, ModelTensor tensor) => new(new KeyValuePair<string, ModelTensor>(name, tensor));

    private static TensorInputs Inputs(float[] numbers, string[] texts, int rows) => new(
        new("x", ModelTensor.Of<float>(numbers, rows, numbers.Length / rows)), new KeyValuePair<string, ModelTensor>("t", ModelTensor.OfTexts(texts)));
}
