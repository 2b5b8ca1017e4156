namespace MLNetDebug.Data;

/// <summary>Class counts as the profile lists them, and the declared keys no row carries.</summary>
internal static class LabelClasses
{
    /// <summary>At most so many absent keys are named.</summary>
    public const int MaxAbsentNamed = 100;

    /// <summary>Classes in ascending order of value.</summary>
    public static IReadOnlyList<ClassCount> List(ClassTable classes, LabelColumn column)
    {
        var list = new ClassCount[classes.Count];
        for (var i = 0; i < list.Length; i++)
            list[i] = new ClassCount(classes.Values[i], column.Text(classes.Values[i]), classes.Counts[i]);
        Array.Sort(list, (a, b) => a.Value.CompareTo(b.Value));
        return list;
    }

    /// <summary>How many declared keys no row carries; 0 where there were too many to count.</summary>
    public static long CountAbsent(ClassTable classes, LabelColumn column)
    {
        if (column.KeyCount is not { } declared || classes.Overflowed)
            return 0;
        var present = 0;
        foreach (var value in classes.Values)
            present += value >= 1 && value <= declared ? 1 : 0;
        return (long)Math.Min(long.MaxValue, declared) - present;
    }

    /// <summary>Texts of the first declared keys no row carries.</summary>
    public static IReadOnlyList<string> NameAbsent(ClassTable classes, LabelColumn column)
    {
        var absent = Math.Min(MaxAbsentNamed, CountAbsent(classes, column));
        var present = new HashSet<double>(classes.Values.ToArray());
        var names = new List<string>();
        for (var key = 1; names.Count < absent; key++)
        {
            if (!present.Contains(key))
                names.Add(column.Text(key));
        }

        return names;
    }
}
