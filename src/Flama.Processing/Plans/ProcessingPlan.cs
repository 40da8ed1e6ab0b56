using Flama.Processing.Inputs;
using Flama.Processing.Outputs;

namespace Flama.Processing.Plans;

/// <summary>How a model's inputs and outputs are processed, checked against its graph. Immutable.</summary>
/// <param name="Input">Makes the graph's inputs; null where these are tensors as before.</param>
/// <param name="Output">Makes the answer.</param>
internal sealed record ProcessingPlan(InputPreparation? Input, OutputSteps Output)
{
    private const string Image = "image", Text = "text", OutputKey = "output";

    /// <summary>Reads the document of a source.</summary>
    /// <param name="plan">The document.</param>
    /// <param name="source">The source, for the files that it names.</param>
    /// <param name="method">The graph.</param>
    /// <param name="options">The limits.</param>
    /// <exception cref="FlamaException">A key is wrong, or it is for another model (<see cref="ErrorCodes.InvalidProcessing"/>).</exception>
    public static ProcessingPlan Of(PlanObject plan, ModelSource source, ModelMethod method, ProcessingOptions options)
    {
        plan.CheckKeys(Image, Text, OutputKey);
        var graph = (TensorsSpec)method.Input;
        var image = plan.Child(Image) is { } found ? ImageInputs.Of(ImagePlan.Read(found), graph, options.MaxImagePixels) : null;
        if (image is not null && plan.Value(Text) is not null)
        {
            throw plan.Unfit(Text, "is there beside 'image', and a model takes one of them");
        }

        var text = plan.Child(Text) is { } words ? TextInputs.Of(TextPlan.Read(words), graph, source, options.MaxTextLength) : null;
        var output = plan.Child(OutputKey) is { } steps ? OutputPlan.Read(steps) : null;
        return new((InputPreparation?)image ?? text, OutputSteps.Of(output, method, source, hasTokens: text is not null));
    }
}
