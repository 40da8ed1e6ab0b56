using System.Diagnostics.CodeAnalysis;
using System.Text;
using Flama.Hosting.Examples;

namespace Flama.Hosting.Health;

/// <summary>One made-up row for each method of a model until one is answered: whether the model, as it was loaded, computes at all.</summary>
/// <remarks>A model that refuses the made-up rows by its own rules has answered too: nothing is wrong with it.</remarks>
/// <param name="Failure">Why the model does not answer, the name of an error code; null when it does.</param>
internal sealed record ModelExam(string? Failure)
{
    // An image of many pixels as JSON costs more than the exam is worth.
    private const long MaxElements = 200_000;

    /// <summary>Asks the model, which the caller keeps alive.</summary>
    public static ModelExam Of(LoadedModel loaded)
    {
        string? failure = null;
        foreach (var method in loaded.Model.Methods.OrderBy(method => method.Name != ModelMethod.Predict))
        {
            var answer = Ask(loaded, method);
            if (answer is null)
            {
                return new(Failure: null);
            }

            failure ??= answer;
        }

        return new(failure);
    }

    private static string? Ask(LoadedModel loaded, ModelMethod method)
    {
        if (ExampleRequests.SizeOf(method.Input) > MaxElements)
        {
            return null;
        }

        string? failure = null;
        foreach (var (request, _) in ExampleRequests.For(method.Input))
        {
            failure = Ask(loaded, method, Encoding.UTF8.GetBytes(request.ToJsonString()));
            if (failure is null)
            {
                return null;
            }
        }

        return failure == ErrorCodes.InvalidInput.Name ? null : failure;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the model does, the exam tells.")]
    private static string? Ask(LoadedModel loaded, ModelMethod method, byte[] request)
    {
        try
        {
            using var input = loaded.ReaderOf(method).ReadRequest(request);
            using var output = method.Invoke(input);
            return null;
        }
        catch (Exception failure)
        {
            return (failure as FlamaException)?.Code.Name ?? ErrorCodes.Internal.Name;
        }
    }
}
