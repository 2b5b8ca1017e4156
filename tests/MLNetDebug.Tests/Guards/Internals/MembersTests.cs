using MLNetDebug.Guards;

namespace MLNetDebug.Tests.Guards.Internals;

[TestClass]
public sealed class MembersTests
{
    [TestMethod]
    public void Members_are_found_in_the_type_and_in_its_bases()
    {
        var members = new Members();
        Assert.AreEqual(typeof(Base), members.Field(typeof(Derived), "_hidden")!.DeclaringType);
        Assert.AreEqual(typeof(Derived), members.Field(typeof(Derived), "Both")!.DeclaringType);
        Assert.AreEqual("Value", members.Property(typeof(Derived), "Value")!.Name);
        Assert.AreEqual(1, members.Method(typeof(Derived), "Do", 1)!.GetParameters().Length);
        Assert.AreEqual(typeof(string), members.Method(typeof(Derived), "Do", 1, m => m.GetParameters()[0].ParameterType == typeof(string))!.GetParameters()[0].ParameterType);
        Assert.IsEmpty(members.Missing);
    }

    [TestMethod]
    public void What_is_not_there_is_named_once_with_its_type()
    {
        var members = new Members();
        Assert.IsNull(members.Field(typeof(Derived), "_absent"));
        Assert.IsNull(members.Property(typeof(List<int>), "Absent"));
        Assert.IsNull(members.Method(typeof(Derived), "Do", 3));
        Assert.IsNull(members.Method(typeof(Derived), "Do", 1, _ => false));
        CollectionAssert.AreEqual(new[] { "Derived._absent", "List.Absent", "Derived.Do", "Derived.Do" }, members.Missing.ToArray());
    }

    [TestMethod]
    public void Of_a_type_that_is_missing_itself_nothing_more_is_said()
    {
        var members = new Members();
        Assert.IsNull(members.Field(null, "_x"));
        Assert.IsNull(members.Property(null, "X"));
        Assert.IsNull(members.Method(null, "X", 0));
        Assert.IsEmpty(members.Missing);
    }

    [TestMethod]
    public void Values_are_read_wherever_they_are_declared()
    {
        Assert.AreEqual(7, Members.Read(new Derived(), "_hidden"));
        Assert.AreEqual("derived", Members.Read(new Derived(), "Both"));
        Assert.IsNull(Members.Read(new Derived(), "absent"));
        Assert.IsNull(Members.Read(null, "_hidden"));
    }

#pragma warning disable CS0414, IDE0044, IDE0051, CA1822 // Read by name only.
    private class Base
    {
        private int _hidden = 7;

        protected string Both = "base";

        protected int Value => _hidden;

        private void Do(int times) => _hidden += times;
    }

    private sealed class Derived : Base
    {
        private new string Both = "derived";

        private void Do()
        {
        }

        private void Do(string what) => Both = what;
    }
#pragma warning restore CS0414, IDE0044, IDE0051, CA1822
}
