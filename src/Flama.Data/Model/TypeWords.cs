namespace Flama.Data.Model;

/// <summary>What values of a type are called.</summary>
internal static class TypeWords
{
    private static readonly HashSet<Type> Integers =
        [typeof(int), typeof(long), typeof(short), typeof(byte), typeof(sbyte), typeof(uint), typeof(ulong), typeof(ushort), typeof(Int128), typeof(UInt128)];

    private static readonly HashSet<Type> Numbers = [typeof(double), typeof(float), typeof(decimal), typeof(Half)];

    /// <summary>The type in words, with an article.</summary>
    public static string Of(EntityMember member) => member.EnumValues is { } values ? $"one of {string.Join(", ", values.Keys)}" : Of(member.Bare);

    /// <summary>Whether values are whole numbers.</summary>
    public static bool IsInteger(Type type) => Integers.Contains(type);

    /// <summary>Whether values are numbers, whole ones or others.</summary>
    public static bool IsNumber(Type type) => Integers.Contains(type) || Numbers.Contains(type);

    private static string Of(Type type) =>
        IsInteger(type) ? $"a whole number that fits into {Bits(type)} bits"
        : Numbers.Contains(type) ? "a number"
        : type == typeof(string) ? "a text"
        : type == typeof(char) ? "a text of one character"
        : type == typeof(bool) ? "true or false"
        : type == typeof(Guid) ? "a GUID such as 0f8fad5b-d9cb-469f-a165-70867728950e"
        : type == typeof(DateOnly) ? "a date such as 2026-01-31"
        : type == typeof(TimeOnly) ? "a time such as 13:45:00"
        : type == typeof(DateTime) || type == typeof(DateTimeOffset) ? "a date and time such as 2026-01-31T13:45:00Z"
        : type == typeof(TimeSpan) ? "a span of time such as 01:30:00"
        : type == typeof(byte[]) ? "bytes in base64"
        : type.IsArray || typeof(System.Collections.IEnumerable).IsAssignableFrom(type) ? "a list"
        : "of another form";

    private static int Bits(Type type) => 8 * (type == typeof(Int128) || type == typeof(UInt128) ? 16 : System.Runtime.InteropServices.Marshal.SizeOf(type));
}
