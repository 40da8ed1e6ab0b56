using System.Text.Json;

namespace Flama.ConformanceTests.Tensors;

/// <summary>What became of calls over HTTP. Where an answer is not the expected one, the model itself is asked: what it answers too is its engine's.</summary>
internal sealed class WireTally
{
    private readonly SortedDictionary<string, int> forms = new(StringComparer.Ordinal);
    private readonly HashSet<string> cases = new(StringComparer.Ordinal);
    private int errors;

    /// <summary>What the server did otherwise than its model.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>What the engines refuse, or answer otherwise.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>A model that its engine does not load.</summary>
    public void NoteRefusal(string name, FlamaException exception) => Refused.Add($"{name}: {exception.Code}: {exception.Message}");

    /// <summary>An answer.</summary>
    /// <param name="golden">The case.</param>
    /// <param name="call">Its call.</param>
    /// <param name="method">What was called.</param>
    /// <param name="form">How.</param>
    /// <param name="misfit">What is wrong with it as such; null for nothing.</param>
    /// <param name="difference">How it differs from what is expected; null when it does not.</param>
    public void Note(WireCase golden, WireCall call, ModelMethod method, string form, string? misfit, string? difference)
    {
        cases.Add(golden.Name);
        forms[form] = forms.GetValueOrDefault(form) + 1;
        if (misfit is not null)
        {
            Wrong.Add($"{golden.Name} {call.Id}, {form}: {misfit}");
        }
        else if (call.IsError || difference is not null)
        {
            var itself = Ask(golden, call, method);
            (itself is null == call.IsError || itself?.Problem is not null ? Refused : Wrong).Add($"{golden.Name} {call.Id}, {form}: {difference ?? "answered, and is to be refused"}");
        }
    }

    /// <summary>An answer that is an error.</summary>
    public void NoteFailure(WireCase golden, WireCall call, ModelMethod method, string form, int status, JsonElement answer)
    {
        var detail = answer.TryGetProperty("detail", out var told) ? told.GetString() : null;
        if (call.IsError && status == 400 && !string.IsNullOrEmpty(detail))
        {
            errors++;
            return;
        }

        // A refusal of the engine, which says the same over HTTP, or nothing where it is the model that is at fault.
        var refusal = Ask(golden, call, method)?.Refusal;
        var isSame = refusal is not null && status == refusal.Code.HttpStatus && (status >= 500 || detail == refusal.Message);
        (isSame ? Refused : Wrong).Add($"{golden.Name} {call.Id}, {form}: {status} {(status >= 500 ? refusal?.Message : detail)}");
    }

    public override string ToString() => $"{cases.Count} cases, {string.Join(", ", forms.Select(form => $"{form.Value} {form.Key}"))}, {errors} errors as expected; {Wrong.Count} wrong, {Refused.Count} as the engine";

    private static Itself? Ask(WireCase golden, WireCall call, ModelMethod method)
    {
        try
        {
            using var inputs = call.Inputs((TensorsSpec)method.Input);
            using var answer = method.Invoke(inputs);
            if (call.IsError)
            {
                return null;
            }

            var expected = call.Expected(method);
            return new(null, expected.Count != answer.Count ? $"{answer.Count} outputs"
                : expected.Select((one, i) => one is ModelTensor wanted && answer[i] is ModelTensor found ? golden.Expectation.Compare(wanted, found) : null).FirstOrDefault(difference => difference is not null));
        }
        catch (FlamaException exception)
        {
            return new(exception, exception.Message);
        }
    }

    private sealed record Itself(FlamaException? Refusal, string? Problem);
}
