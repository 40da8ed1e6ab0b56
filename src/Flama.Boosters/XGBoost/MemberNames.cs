using System.Text;

namespace Flama.Boosters.XGBoost;

/// <summary>The names of members, of which a booster's document has a few dozen in every tree: each becomes a string once.</summary>
internal sealed class MemberNames
{
    private const int Slots = 256;

    // Arrays that training leaves behind and predicting never asks for, a third of the file.
    private static readonly HashSet<string> Unused = ["parents", "loss_changes", "sum_hessian"];

    private readonly (string Name, bool IsUnused)[] known = new (string, bool)[Slots];

    /// <summary>A name as a string, and whether no one asks for its value.</summary>
    public (string Name, bool IsUnused) Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return ("", false);
        }

        ref var slot = ref known[(utf8.Length + (7 * utf8[0]) + (31 * utf8[^1]) + (53 * utf8[utf8.Length / 2])) % Slots];
        if (slot.Name is null || !Ascii.Equals(utf8, slot.Name))
        {
            slot = Of(Encoding.UTF8.GetString(utf8));
        }

        return slot;
    }

    /// <summary>The same of a string.</summary>
    public static (string Name, bool IsUnused) Of(string name) => (name, Unused.Contains(name));
}
